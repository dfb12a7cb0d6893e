"""The way in from the disk and the way out to it: snapshot in (`disk`), whole site out (`site`)."""
