"""The old document's styles and lists in the new one's terms: by name and definition, as ids mean nothing abroad."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree  # type: ignore[import-untyped]

from notices.ooxml.package import Package
from notices.ooxml.relations import Adoption, Links, Relationship
from notices.ooxml.xml import Element, R, W, local, q, serialise, w

_REFERENCES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_NUMBERING = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_NOISE = {q(name) for name in ("nsid", "tmpl", "rsid", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat", "lang")}


def canonical(element: Element, skip: Iterable[str] = ()) -> bytes:
    """An element as bytes that are equal for equal meaning: without revision ids and what has no effect on paper."""
    twin = copy.deepcopy(element)
    unwanted = _NOISE | set(skip)
    for node in list(twin.iter()):
        if node is not twin and (not isinstance(node.tag, str) or node.tag in unwanted):
            node.getparent().remove(node)
        else:
            for name in [name for name in node.attrib if local_name(name).startswith("rsid")]:
                del node.attrib[name]
    twin.tail = None
    try:
        return bytes(etree.tostring(twin, method="c14n", exclusive=True))
    except etree.C14NError:  # a namespace that is no full address, as databases of documents write it
        return repr(_told(twin)).encode()


def _told(element: Element) -> tuple[object, ...]:
    inner = [_told(child) for child in element]
    return element.tag, sorted(element.attrib.items()), element.text, inner, element.tail


def local_name(name: str) -> str:
    """An attribute's or tag's name without its namespace."""
    return name.rpartition("}")[2]


class Styles:
    """The styles of a package by id."""

    def __init__(self, package: Package, guest: Element | None = None) -> None:
        self.part = package.related("styles")
        self.root = package.xml(self.part, guest)
        nodes = [] if self.root is None else self.root.findall(q("style"))
        self.by_id = {node.get(q("styleId"), ""): node for node in nodes}
        self.by_name = {(node.get(q("type"), "paragraph"), name_of(node)): node for node in reversed(nodes)}

    def default(self) -> str:
        """The name of the paragraph style a paragraph has when it names none."""
        for node in self.by_id.values():
            if node.get(q("type")) == "paragraph" and node.get(q("default")) in {"1", "true", "on"}:
                return name_of(node)
        return "normal"


def name_of(style: Element) -> str:
    """A style's name; Word does not tell upper from lower case in it."""
    node = style.find(q("name"))
    return str((node.get(q("val"), "") if node is not None else "") or style.get(q("styleId"), "")).lower()


class Namesakes:
    """Rewrites the old document's references so that they mean in the new package what they meant in theirs."""

    def __init__(self, old: Package, new: Package, adoption: Adoption, links: Links) -> None:
        self.theirs = Styles(old)
        self.ours = Styles(new, self.theirs.root)
        self._one = old.parts.get(self.theirs.part) == new.parts.get(self.ours.part)
        self._lists = Lists(old, new, adoption, links, self)
        self._ids: dict[str, str] = {}
        self._adoption = adoption
        self.redefined: dict[str, None] = {}
        """Names of styles the old document uses that the new one defines otherwise."""

    def translate(self, root: Element) -> None:
        """Rewrite every reference to a style or a list in a part of the old document."""
        for node in root.iter(*map(q, (*_REFERENCES, "numId"))):
            value = node.get(q("val"), "")
            name = local(node)
            node.set(q("val"), self._lists.number(value) if name == "numId" else self.style(value))
        if self.ours.default() != self.theirs.default():
            self._name_the_default(root)

    def style(self, identity: str) -> str:
        """The id here of a style there; a style that is not here comes along."""
        if self._one or identity in self._ids:
            return self._ids.get(identity, identity)
        if identity not in self.theirs.by_id:  # what is no style there must be none here
            self._ids[identity] = self._free(identity)
            return self._ids[identity]
        theirs = self.theirs.by_id[identity]
        kind = theirs.get(q("type"), "paragraph")
        ours = self.ours.by_id.get(identity)  # two names may differ in case alone
        if ours is None or (ours.get(q("type"), "paragraph"), name_of(ours)) != (kind, name_of(theirs)):
            ours = self.ours.by_name.get((kind, name_of(theirs)))
        if ours is None:
            return self._bring(identity, theirs)
        self._ids[identity] = str(ours.get(q("styleId")))
        if _definition(ours) != _definition(theirs):
            node = theirs.find(q("name"))
            self.redefined[identity if node is None else node.get(q("val"), identity)] = None
        return self._ids[identity]

    def finish(self) -> None:
        """Put the parts that have grown into the result."""
        parts = self._adoption.parts
        if self.ours.root is not None and self.ours.part:
            parts[self.ours.part] = serialise(self.ours.root)
        self._lists.finish()

    def _bring(self, identity: str, theirs: Element) -> str:
        free = self._ids[identity] = self._free(identity)
        if self.ours.root is None:
            return free
        twin = copy.deepcopy(theirs)
        twin.set(q("styleId"), free)
        twin.attrib.pop(q("default"), None)
        self.ours.root.append(twin)
        self.ours.by_id[free] = twin
        self.ours.by_name[(twin.get(q("type"), "paragraph"), name_of(twin))] = twin
        for node in twin.iter(*map(q, ("basedOn", "next", "link"))):
            node.set(q("val"), self.style(node.get(q("val"), "")))
        for node in twin.iter(q("numId")):
            node.set(q("val"), self._lists.number(node.get(q("val"), "")))
        return free

    def _free(self, identity: str) -> str:
        while identity in self.ours.by_id:
            identity += "Old"
        return identity

    def _name_the_default(self, root: Element) -> None:
        """Name the style of paragraphs that leave it to the default, where the two defaults are not one style."""
        found: Element = self.theirs.by_name.get(("paragraph", self.theirs.default()))
        for paragraph in root.iter(q("p")) if found is not None else ():
            properties = paragraph.find(q("pPr"))
            if properties is None:
                paragraph.insert(0, properties := w("pPr"))
            if properties.find(q("pStyle")) is None:
                properties.insert(0, w("pStyle", val=self.style(str(found.get(q("styleId"))))))


class Lists:
    """Numbered and bulleted lists of two packages."""

    def __init__(self, old: Package, new: Package, adoption: Adoption, links: Links, styles: Namesakes) -> None:
        self._theirs: Element = old.xml(old.related("numbering"))
        self._ours: Element = new.xml(new.related("numbering"), self._theirs)
        self._one = old.parts.get(old.related("numbering")) == new.parts.get(new.related("numbering"))
        self._part, self._adoption, self._links, self._styles = new.related("numbering"), adoption, links, styles
        self._old, self._new = _definitions(self._theirs), _definitions(self._ours)
        self._ids: dict[str, str] = {"0": "0"}  # 0 takes a list away

    def number(self, identity: str) -> str:
        """The id here of a list there."""
        if self._one or identity in self._ids or identity not in self._old:
            return self._ids.get(identity, identity)
        wanted, taken = self._old[identity], set(self._ids.values())
        same = [key for key, each in self._new.items() if each == wanted and key not in taken]
        self._ids[identity] = identity if identity in same else same[0] if same else self._bring(identity)
        return self._ids[identity]

    def finish(self) -> None:
        """Put the part into the result, if there is one."""
        if self._ours is not None:
            self._adoption.parts[self._part] = serialise(self._ours)

    def _bring(self, identity: str) -> str:
        if self._ours is None:
            self._part = "word/numbering.xml"
            self._ours = etree.Element(q("numbering"), self._theirs.attrib, self._theirs.nsmap)
            self._adoption.declare(self._part, _NUMBERING)
            self._links.add(Relationship(f"{R}/numbering", self._part, external=False))
        number = copy.deepcopy(_by(self._theirs, "num", "numId", identity))
        reference = number.find(q("abstractNumId"))
        theirs = _by(self._theirs, "abstractNum", "abstractNumId", reference.get(q("val"), ""))
        if theirs is not None:
            abstract = copy.deepcopy(theirs)
            fresh = _next(self._ours, "abstractNum", "abstractNumId")
            abstract.set(q("abstractNumId"), fresh)
            reference.set(q("val"), fresh)
            for node in list(abstract.iter(*map(q, ("nsid", "lvlPicBulletId", "styleLink", "numStyleLink")))):
                node.getparent().remove(node)
            for node in abstract.iter(q("pStyle")):
                node.set(q("val"), self._styles.style(node.get(q("val"), "")))
            first = self._ours.find(q("num"))  # the schema wants every abstractNum before the first num
            self._ours.append(abstract) if first is None else first.addprevious(abstract)
        free = _next(self._ours, "num", "numId")
        number.set(q("numId"), free)
        last = self._ours.findall(q("num"))
        last[-1].addnext(number) if last else self._ours.append(number)
        return free


def _definitions(root: Element | None) -> dict[str, bytes]:
    """What each list looks like, by its id."""
    if root is None:
        return {}
    kinds = {node.get(q("abstractNumId")): node for node in root.findall(q("abstractNum"))}
    found = {}
    for number in root.findall(q("num")):
        reference = number.find(q("abstractNumId"))
        abstract = kinds.get(reference.get(q("val"))) if reference is not None else None
        levels = b"".join(canonical(level) for level in abstract.findall(q("lvl"))) if abstract is not None else b""
        own = b"".join(canonical(each) for each in number.findall(q("lvlOverride")))
        if reference is not None:
            found[number.get(q("numId"), "")] = levels + own
    return found


def _by(root: Element, tag: str, attribute: str, value: str) -> Element:
    """The child with a value, or ``None``."""
    return next((node for node in root.findall(q(tag)) if node.get(q(attribute)) == value), None)


def _next(root: Element, tag: str, attribute: str) -> str:
    taken = [int(node.get(q(attribute), "0")) for node in root.findall(q(tag))]
    return str(max(taken, default=0) + 1)


def _definition(style: Element) -> bytes:
    properties = [style.find(f"{{{W}}}{name}") for name in ("pPr", "rPr", "tblPr")]
    return b"|".join(b"" if node is None else canonical(node) for node in properties)
