"""Whom to ask: an office, its people and how each is reached. A phone has its area code: 0771-8095256."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from notices.profile.values import Confirmable, Listed, Model, OrPending, TextOrPending, one_or_more

Phone: TypeAlias = Annotated[str, StringConstraints(pattern=r"^0\d{2,3}-\d{7,8}(-\d{1,6})?$|^1\d{10}$")]
Postcode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Email: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")]
Phones: TypeAlias = Annotated[
    Listed[OrPending[Phone]],
    BeforeValidator(one_or_more, json_schema_input_type=OrPending[Phone] | list[OrPending[Phone]]),
]


class Person(Model):
    """One of several people to ask, or one of several telephones without a name."""

    person: TextOrPending | None = Field(default=None, description="联系人；只有电话的不写")
    phone: Phones = Field(default=(), description="电话，一个或几个")
    email: OrPending[Email] | None = Field(default=None, description="这个人的电子邮箱")

    @model_validator(mode="after")
    def _somebody(self) -> Person:
        if not (self.person or self.phone):
            raise PydanticCustomError("notice_contact", "people 的每一项要有 person 或 phone")
        return self


class Contact(Confirmable):
    """Whom to ask. One person stands in ``person`` and ``phone``, several in ``people``."""

    office: TextOrPending | None = Field(default=None, description="处室")
    person: TextOrPending | None = Field(default=None, description="联系人；有几位的，写 people")
    phone: OrPending[Phone] | None = Field(default=None, description="电话：区号、半角短横、号码；有几个的，写 people")
    people: Listed[Person] = Field(
        default=(), description="几位联系人或几个电话，一项一位；写了它就不写 person 和 phone"
    )
    fax: OrPending[Phone] | None = Field(default=None, description="传真，写法同电话")
    address: TextOrPending | None = Field(default=None, description="地址")
    postcode: OrPending[Postcode] | None = Field(default=None, description="邮政编码，六位数字，加引号")
    email: OrPending[Email] | None = Field(default=None, description="电子邮箱")

    @model_validator(mode="after")
    def _one_way(self) -> Contact:
        if self.people and (self.person or self.phone):
            raise PydanticCustomError("notice_contact", "写了 people，就不再写 person 和 phone")
        return self

    @property
    def everyone(self) -> tuple[Person, ...]:
        """The people to ask, however they are written down."""
        if self.people or not (self.person or self.phone):
            return tuple(self.people)
        return (Person.model_construct(person=self.person, phone=(self.phone,) if self.phone else ()),)
