# make help 列出全部目标；PYTHON=python3.12 可换解释器（3.11 或更新）
PYTHON ?= python3
export PYTHON
BIN := .venv/bin

.PHONY: help setup demo test golden bench clean

help: ## 列出全部目标
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: ## 准备 .venv、系统程序库和 .fonts（已就绪时立即返回）
	@bash scripts/setup.sh

demo: setup ## 生成全部通知的 Word 与 PDF，放在 build/
	$(BIN)/notices build --all --kind all --out build
	@echo "生成的文件在 build/ 下："
	@find build -type f \( -name '*.docx' -o -name '*.pdf' \) | sort

test: setup ## 代码检查、类型检查和全部测试
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q

golden: setup ## 用当前结果更新基准文件
	$(BIN)/pytest -q --update-golden

bench: setup ## 性能测量
	$(BIN)/python benchmarks/measure.py

clean: ## 删除生成的文件与缓存
	find build -mindepth 1 ! -name .gitkeep -delete
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .benchmarks .coverage
