"""A briefing of extremes, made by a script: what the theme has to bear."""
