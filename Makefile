# make help 列出全部目标；PYTHON=python3.12 可换解释器（3.11 或更新）
PYTHON ?= python3
export PYTHON
BIN := .venv/bin

.PHONY: help setup demo test quick golden bench fuzz clean

help: ## 列出全部目标
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: ## 准备 .venv、系统程序库和 .fonts（已就绪时立即返回）
	@bash scripts/setup.sh

demo: setup ## 生成全部通知和五个样例单位的核对清单，放在 build/
	$(BIN)/notices build --all --kind all --out build
	$(BIN)/notices checklist guizhou@2024 --category factory --as-of 2024-09-01 --applicant applicants/01-strong-factory.yaml
	$(BIN)/notices checklist jilin@2024 --category park --as-of 2024-06-10 --applicant applicants/02-park-at-the-limit.yaml
	$(BIN)/notices checklist inner-mongolia@2022 --category factory --as-of 2022-06-30 --applicant applicants/03-excluded-factory.yaml
	$(BIN)/notices checklist national@2023 --category park --as-of 2023-09-05 --applicant applicants/04-strong-park.yaml
	$(BIN)/notices checklist guangxi@2024 --category supply-chain --as-of 2024-05-31 --applicant applicants/05-supply-chain-lead.yaml
	@echo "生成的文件在 build/ 下："
	@find build -type f \( -name '*.docx' -o -name '*.pdf' \) | sort
	@echo "在浏览器里用：$(BIN)/notices --workspace 自己的文件夹 serve"

test: setup ## 代码检查、类型检查和全部测试
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -n auto --dist worksteal

quick: setup ## 改一处、试一次用：不做标了 slow 的测试
	$(BIN)/pytest -q -n auto --dist worksteal -m "not slow"

golden: setup ## 用当前结果更新基准文件
	$(BIN)/pytest -q tests/test_golden.py --update-golden

bench: setup ## 性能测量
	$(BIN)/python benchmarks/measure.py
	$(BIN)/python benchmarks/forms.py
	$(BIN)/python benchmarks/checklists.py
	$(BIN)/python benchmarks/checklist_costs.py
	$(BIN)/python benchmarks/comparisons.py
	$(BIN)/python benchmarks/workbench.py
	$(BIN)/python benchmarks/workbench_pages.py

fuzz: setup ## 十万份改坏的输入，一千次强行结束（双核约半小时）
	$(BIN)/python -m benchmarks.fuzz --inputs 100000 --keep build/fuzz
	$(BIN)/python benchmarks/kills.py --kills 1000

clean: ## 删除生成的文件与缓存
	find build -mindepth 1 ! -name .gitkeep -delete
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .benchmarks .coverage
