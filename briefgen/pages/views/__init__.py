"""The view types that several pages share.

A view is a frozen value made for one template (I1): strings, numbers, booleans, tuples, None, safe HTML and other views.
No spans, no records, no functions, no dictionaries. A field of type `Markup` is safe HTML and printed as it is; every
field of type `str` is plain text, which the template engine escapes. Every `href` is ready for the page that holds it.
Numbers of sources are handed out while views are made, in the order in which the templates print them.
"""

from __future__ import annotations

from briefgen.pages.views.articles import ArticleCard, Block, OriginGroup, PassageFacts, RestingFact
from briefgen.pages.views.evidence import Evidence, Fact, FieldView, Inside, Label, Mark, Number, Quoted, Says, Source
from briefgen.pages.views.frame import Count, Frame, Link, NavItem
from briefgen.pages.views.records import Change, ComparisonView, ForeignName, Head, Image, MentionGroup, MentionView, RelationView
from briefgen.pages.views.talks import DelegationView, Happening, PartyChange, PartyPositions, PositionView, Seat, Step

__all__ = [
    "ArticleCard",
    "Block",
    "Change",
    "ComparisonView",
    "Count",
    "DelegationView",
    "Evidence",
    "Fact",
    "FieldView",
    "ForeignName",
    "Frame",
    "Happening",
    "Head",
    "Image",
    "Inside",
    "Label",
    "Link",
    "Mark",
    "MentionGroup",
    "MentionView",
    "NavItem",
    "Number",
    "OriginGroup",
    "PartyChange",
    "PartyPositions",
    "PassageFacts",
    "PositionView",
    "Quoted",
    "RelationView",
    "RestingFact",
    "Says",
    "Seat",
    "Source",
    "Step",
]
