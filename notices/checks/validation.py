"""From plain data to a checked :class:`~notices.profile.Profile`: types first, then what facts say of each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from notices.checks import problems_of
from notices.checks.keys import keys_at
from notices.errors import Problem, ProblemsError, near
from notices.profile import Profile
from notices.profile.yamlfile import Key, Origin, Tree, dotted

_MESSAGES = {
    "extra_forbidden": ("不认识的键", "{near}删去，或改成结构定义（notices schema）里的键"),
    "missing": ("缺少必填的键", "补上这个键；还没定的值写成 {{pending: 名称}}"),
    "string_type": ("应是文字，实为 {input}", "用引号括起来"),
    "int_type": ("应是整数，实为 {input}", "只写数字，不加引号"),
    "bool_type": ("应是 true 或 false，实为 {input}", "改成 true 或 false"),
    "dict_type": ("应是“键: 值”的组，实为 {input}", "缩进写成下一级的键"),
    "model_type": ("应是“键: 值”的组，实为 {input}", "缩进写成下一级的键"),
    "tuple_type": ("应是列表，实为 {input}", "每项一行，以“- ”开头"),
    "literal_error": ("不能是 {input}", "{near}可用的值：{expected}"),
    "notice_choice": ("{text} {input}", "{near}可用：{expected}；见项目文件（templates/programmes/）"),
    "string_pattern_mismatch": ("格式不对：{input}", "应符合 {pattern}"),
    "string_too_short": ("不能为空", "写上内容，或删去这个键"),
    "greater_than": ("{input} 太小", "应大于 {gt}"),
    "greater_than_equal": ("{input} 太小", "应不小于 {ge}"),
    "less_than": ("{input} 太大", "应小于 {lt}"),
    "less_than_equal": ("{input} 太大", "应不大于 {le}"),
    "notice_date": ("{text}", "例如 2024-05-31"),
    "notice_number": ("{text}，实为 {input}", "例如 50 或 0.5"),
    "notice_contact": ("{text}", "例：people: [{{person: 张三, phone: 0771-1234567}}, {{person: 李四, phone: [...]}}]"),
    "notice_keys": ("{text}", "如 keys: [entity, experience]，写配置里规定的编号"),
    "notice_clash": ("{text}", '如 while: 否，或 op: ">=" 和 value: 36'),
    "notice_deadline": ("{text}", "一次性日期用 date，每年的日期用 annual，时长用 span"),
}
_UNKNOWN = ("值不合要求，实为 {input}", "参照结构定义（notices schema）")
_FORMATS = {
    "number": "应如 桂工信能源〔2024〕268号：六角括号、四位年份、序号不加“第”、不补零",
    "phone": "应如 0771-8095256：区号、半角短横、号码",
    "time": '应如 "17:30"：24 小时制，两位数，半角冒号，加引号',
    "email": "应如 name@example.com",
    "url": "应以 https:// 开头",
}


def validated(tree: Tree, name: str, expected: tuple[str, str], kind: type[Profile]) -> Profile:
    """The profile of a tree: of the class of its programme; ``expected`` is the id and year its path gives it.

    Raises:
        ProblemsError: every error there is (warnings alone do not raise; see :func:`problems_of`).
    """
    try:
        profile = kind.model_validate(tree.data, context=kind.PROGRAMME.known if kind.PROGRAMME else None)
    except ValidationError as error:
        raise ProblemsError(translated(error, tree, name, kind)) from None
    problems = [
        *_misplaced(profile, tree, name, expected),
        *_misnamed(kind, tree),
        *problems_of(profile, tree.origins, name),
    ]
    if any(problem.severity == "error" for problem in problems):
        raise ProblemsError(problems)
    return profile


def translated(error: ValidationError, tree: Tree, name: str, kind: type[BaseModel] | None = None) -> list[Problem]:
    """What pydantic found wrong with a tree's data, in Chinese and with the place in its file.

    With the model it was validated by, an unknown key is answered with the nearest one there is in its place.
    """
    return [_problem(detail, tree, name, kind) for detail in error.errors(include_url=False)]


def _misplaced(profile: Profile, tree: Tree, name: str, expected: tuple[str, str]) -> list[Problem]:
    found = {"id": profile.id, "year": str(profile.year)}
    return [
        Problem(name, *tree.origins[(key,)][1:], key, f"{value} 与文件位置不符", f"应为 {want}")
        for (key, value), want in zip(found.items(), expected, strict=True)
        if value != want and (key,) in tree.origins
    ]


def _misnamed(kind: type[Profile], tree: Tree) -> list[Problem]:
    """Keys written as the program's own name of a field (``third_party``): nothing would be found at their place."""
    keys = {name: key for key, name in kind.named().items() if key != name}
    return [
        Problem(*tree.origins[(name,)], name, "不认识的键", f"写作 {keys[name]}") for name in tree.data if name in keys
    ]


def _problem(detail: ErrorDetails, tree: Tree, name: str, kind: type[BaseModel] | None) -> Problem:
    key = _place(detail["loc"], tree.data)
    origin = _nearest(key, tree.origins) or Origin(name, 1, 1)
    message, hint = _MESSAGES.get(detail["type"], _UNKNOWN)
    context = {"input": _shown(detail["input"]), "text": detail["msg"], **(detail.get("ctx") or {})}
    if detail["type"] == "missing" and kind is not None and not issubclass(kind, Profile):
        hint = "补上这个键"
    elif detail["type"] == "missing" and key and key[0] in {"authority", "source", "papers"}:
        hint = "发文机关自己的内容不从别的机关继承，在本文件里写上；还没定的值写成 {{pending: 名称}}"
    context["near"] = ""
    if detail["type"] == "extra_forbidden" and kind is not None:
        context["near"] = near(str(key[-1]), keys_at(kind, key[:-1]))
    if possible := _possible(context):
        context |= {"expected": "、".join(possible), "near": near(str(detail["input"]), possible)}
    if context.get("pattern") == r"\S":
        message, hint = _MESSAGES["string_too_short"]
    if isinstance(detail["input"], dict) and "pending" in detail["input"] and detail["type"] in _FIRM:
        message, hint = "这一项不能待定", _settled(key)
    if detail["type"] == "string_pattern_mismatch" and str(key[-1]) in _FORMATS:
        hint = _FORMATS[str(key[-1])]
    return Problem(
        origin.file, origin.line, origin.column, dotted(key), message.format(**context), hint.format(**context)
    )


_FIRM = frozenset(
    {
        "string_type",
        "int_type",
        "bool_type",
        "literal_error",
        "notice_choice",
        "notice_date",
        "notice_number",
        "tuple_type",
    }
)
_WHY = {
    "id": "编号和年度说明是哪一版，要写定",
    "year": "编号和年度说明是哪一版，要写定",
    "level": "名单的级别决定按哪些规定判断，要写定",
    "cite": "写原文的条款；还不知道的不写",
    "label": "这是清单里的名称，自己拟一个",
}


def _settled(key: Key) -> str:
    """What to do where a value may not wait: ids, choices and what decides how the profile is read."""
    why = next((_WHY[part] for part in reversed(key) if isinstance(part, str) and part in _WHY), "")
    return why or "编号和选项要写定；整条还没定的，给它加 confirm: {{pending: 名称}}"


def _possible(context: Mapping[str, Any]) -> tuple[str, ...]:
    """The values one of which was wanted, as pydantic or a check of ours lists them."""
    if "choices" in context:
        return tuple(context["choices"])
    listed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return tuple(filter(None, listed.split(", ")))


def _place(loc: tuple[int | str, ...], data: Any) -> Key:  # noqa: ANN401 - plain YAML data
    """Pydantic's location without the names of union members and aliases it adds; a missing key stays last."""
    key: list[int | str] = []
    at = data
    for index, part in enumerate(loc):
        if part == "[key]":
            continue
        inside = part in at if isinstance(at, dict) else isinstance(at, list) and isinstance(part, int)
        if inside:
            at = at[part]
        elif index < len(loc) - 1 or not isinstance(at, dict):
            continue
        key.append(part)
    return tuple(key)


def _nearest(key: Key, origins: dict[Key, Origin]) -> Origin | None:
    return next((origins[key[:size]] for size in range(len(key), -1, -1) if key[:size] in origins), None)


def _shown(value: object) -> str:
    text = {True: "true", False: "false", None: "空"}.get(value) if isinstance(value, bool | None) else None
    text = text or ("一组键" if isinstance(value, dict) else "列表" if isinstance(value, list) else str(value))
    return text if len(text) <= 40 else f"{text[:40]}…"
