"""A drawn chart as part of a page: smaller, with nothing that a strict policy forbids."""

from __future__ import annotations

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_GONE = ("role", "style", "class", "pointer-events", "id", "width", "height", "opacity")


def cleaned(svg: str) -> str:
    """The SVG without scripts, styles, links, ids, roles of its own, empty paths and fixed size.

    What it shows is told by the element around it, so nothing inside is announced a second time.
    """
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag not in _KEPT or _empty(element):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name in list(element.attrib):
            plain = str(name)
            keep_opacity = plain == "opacity" and element.get("opacity") not in ("1", None)
            bare = plain in _GONE and not keep_opacity and not (element is root and plain in ("class",))
            if bare or plain.startswith(("aria-", "on", "{")):
                del element.attrib[name]
    root.set("class", "drawn")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


_KEPT = frozenset(_SVG + name for name in "svg g path rect line text tspan circle polygon polyline".split())


def _empty(element: etree._Element) -> bool:
    """Whether it draws nothing: frames and backgrounds without paint."""
    if element.get("display") == "none":
        return True
    if element.tag == _SVG + "path":
        return not element.get("d") or element.get("class") in ("background", "foreground")
    return False
