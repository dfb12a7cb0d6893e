"""The terms of schema.org that pages use, with what the vocabulary says of them.

Taken from its release 12.0 (types: all supertypes; properties: domain, range), which the package `schemaorg` 0.1.1 carries. An
own list, so that a term that slips in by mistake fails a test and nothing has to be fetched.
"""

from __future__ import annotations

SUPERTYPES: dict[str, tuple[str, ...]] = {
    "WebSite": ("CreativeWork", "Thing"),
    "WebPage": ("CreativeWork", "Thing"),
    "ProfilePage": ("WebPage", "CreativeWork", "Thing"),
    "ItemPage": ("WebPage", "CreativeWork", "Thing"),
    "CollectionPage": ("WebPage", "CreativeWork", "Thing"),
    "BreadcrumbList": ("ItemList", "Intangible", "Thing"),
    "ListItem": ("Intangible", "Thing"),
    "Person": ("Thing",),
    "Organization": ("Thing",),
    "GovernmentOrganization": ("Organization", "Thing"),
    "Country": ("AdministrativeArea", "Place", "Thing"),
    "City": ("AdministrativeArea", "Place", "Thing"),
    "Place": ("Thing",),
    "Event": ("Thing",),
    "NewsArticle": ("Article", "CreativeWork", "Thing"),
    "Quotation": ("CreativeWork", "Thing"),
    "DefinedTerm": ("Intangible", "Thing"),
    "Collection": ("CreativeWork", "Thing"),
    "ImageObject": ("MediaObject", "CreativeWork", "Thing"),
    "OrganizationRole": ("Role", "Intangible", "Thing"),
    "Dataset": ("CreativeWork", "Thing"),
    "DataDownload": ("MediaObject", "CreativeWork", "Thing"),
    "GeoCoordinates": ("StructuredValue", "Intangible", "Thing"),
    "PostalAddress": ("ContactPoint", "StructuredValue", "Intangible", "Thing"),
    "CreativeWork": ("Thing",),
    "CorrectionComment": ("Comment", "CreativeWork", "Thing"),
}

Names = tuple[str, ...]
PROPERTIES: dict[str, tuple[Names, Names]] = {
    "name": (("Thing",), ("Text",)),
    "alternateName": (("Thing",), ("Text",)),
    "description": (("Thing",), ("Text",)),
    "url": (("Thing",), ("URL",)),
    "inLanguage": (("CreativeWork", "Event"), ("Language", "Text")),
    "isPartOf": (("CreativeWork",), ("CreativeWork", "URL")),
    "breadcrumb": (("WebPage",), ("BreadcrumbList", "Text")),
    "mainEntity": (("CreativeWork",), ("Thing",)),
    "itemListElement": (("ItemList",), ("ListItem", "Text", "Thing")),
    "position": (("CreativeWork", "ListItem"), ("Integer", "Text")),
    "item": (("ListItem",), ("Thing",)),
    "honorificPrefix": (("Person",), ("Text",)),
    "jobTitle": (("Person",), ("DefinedTerm", "Text")),
    "affiliation": (("Person",), ("Organization",)),
    "parentOrganization": (("Organization",), ("Organization",)),
    "member": (("Organization", "ProgramMembership"), ("Organization", "Person")),
    "roleName": (("Role",), ("Text", "URL")),
    "sameAs": (("Thing",), ("URL",)),
    "image": (("Thing",), ("ImageObject", "URL")),
    "contentUrl": (("MediaObject",), ("URL",)),
    "creditText": (("CreativeWork",), ("Text",)),
    "startDate": (("Event",), ("Date", "DateTime")),
    "endDate": (("Event",), ("Date", "DateTime")),
    "eventAttendanceMode": (("Event",), ("EventAttendanceModeEnumeration",)),
    "organizer": (("Event",), ("Organization", "Person")),
    "attendee": (("Event",), ("Organization", "Person")),
    "performer": (("Event",), ("Organization", "Person")),
    "location": (("Event", "Organization"), ("Place", "PostalAddress", "Text", "VirtualLocation")),
    "about": (("CreativeWork", "Event"), ("Thing",)),
    "subjectOf": (("Thing",), ("CreativeWork", "Event")),
    "recordedIn": (("Event",), ("CreativeWork",)),
    "headline": (("CreativeWork",), ("Text",)),
    "publisher": (("CreativeWork",), ("Organization", "Person")),
    "datePublished": (("CreativeWork",), ("Date", "DateTime")),
    "isBasedOn": (("CreativeWork",), ("CreativeWork", "Product", "URL")),
    "translationOfWork": (("CreativeWork",), ("CreativeWork",)),
    "text": (("CreativeWork",), ("Text",)),
    "spokenByCharacter": (("Quotation",), ("Organization", "Person")),
    "hasPart": (("CreativeWork",), ("CreativeWork",)),
    "geo": (("Place",), ("GeoCoordinates", "GeoShape")),
    "latitude": (("GeoCoordinates", "Place"), ("Number", "Text")),
    "longitude": (("GeoCoordinates", "Place"), ("Number", "Text")),
    "containedInPlace": (("Place",), ("Place",)),
    "address": (("Organization", "Person", "Place"), ("PostalAddress", "Text")),
    "addressCountry": (("PostalAddress", "GeoCoordinates"), ("Country", "Text")),
    "distribution": (("Dataset",), ("DataDownload",)),
    "encodingFormat": (("CreativeWork", "MediaObject"), ("Text", "URL")),
    "correction": (("CreativeWork",), ("CorrectionComment", "Text", "URL")),
    "dateCreated": (("CreativeWork",), ("Date", "DateTime")),
}

MODES = frozenset(f"https://schema.org/{mode}EventAttendanceMode" for mode in ("Online", "Offline", "Mixed"))

# What https://schema.org/docs/jsonldcontext.json says of these terms, as far as it bears on how a block is read: the vocabulary,
# and which strings are addresses. (Its dates have types of their own, which change nothing here.)
CONTEXT = {
    "@context": {
        "@vocab": "https://schema.org/",
        "schema": "https://schema.org/",
        **{term: {"@type": "@id"} for term in ("url", "sameAs", "contentUrl", "isBasedOn", "item", "eventAttendanceMode")},
    }
}
