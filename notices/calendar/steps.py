"""The steps of a year, as the programme's file (``templates/calendar.yaml``) lists them; an office may keep its own."""

from __future__ import annotations

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from notices.checks.validation import translated
from notices.errors import Problem, ProblemsError
from notices.library import Library
from notices.profile import yamlfile
from notices.profile.model import FactId
from notices.profile.values import Model, Str, Words


class Step(Model):
    """One thing to be done by a day."""

    name: Str = Field(description="做什么")
    by: Str = Field(description="由谁")
    stated: Words = Field(default=(), description="规定这个日期的时限编号")
    national: bool = Field(default=False, description="本版本没有规定的，用所依据的国家版本的日期")


class ChainStep(Step):
    """A step of the chain, and the working days from it to the next."""

    then: int = Field(ge=0, le=250, description="到下一环节要几个工作日（估计）")
    span: Words = Field(default=(), description="规定这个天数的时限编号，如公示期")


class Steps(Model):
    """The chain in order, the ministry's own date, and what stands apart."""

    chain: dict[FactId, ChainStep] = Field(min_length=2)
    ministry: Step
    apart: dict[FactId, Step] = Field(default={})

    @model_validator(mode="after")
    def _known_by_one_name(self) -> Steps:
        if (
            "province" not in self.chain
            or {"ministry"} & {*self.chain, *self.apart}
            or set(self.chain) & set(self.apart)
        ):
            raise PydanticCustomError("notice_steps", "chain 里要有 province；一个编号只能用一次，ministry 另有位置")
        return self


def load(library: Library, file: str) -> Steps:
    """The steps an office keeps, or the shipped ones; ``file`` is where their programme has them.

    Raises:
        ProblemsError: all problems of the file.
    """
    path = library.template(file)
    name = f"templates/{file}"
    if path is None:
        raise ProblemsError([Problem(name, 0, 0, "", "缺少这个文件", "重新安装，或从原处复制一份")])
    tree = yamlfile.read(path, library.name_of(path))
    try:
        return Steps.model_validate(tree.data)
    except ValidationError as error:
        raise ProblemsError(translated(error, tree, library.name_of(path))) from None
