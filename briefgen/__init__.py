"""briefgen: facts with their sources, rendered into a static briefing site."""

__version__ = "0.1.0"
