"""From the briefing to pages: one page kind per file, each with its view types and a function briefing -> pages.

Nothing here reads a file, knows a template's text or lets a draft or unpublished words through (I9). A page is a URL, the
name of a template and a view; the view alone decides what the page shows (I1).
Templates: home actors actor meetings meeting delegations events event articles article topics topic places place timeline
differences comparison prose 404 redirect, each `.html`.
"""

from __future__ import annotations
