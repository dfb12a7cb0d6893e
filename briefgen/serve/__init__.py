"""Live preview: an editor saves a file, every open page that changed changes on the screen.

Nothing here writes to the project or to site/, and nothing is served that is not a key of the built outputs. What the
server adds to a page (one stylesheet, one script) is added to the response alone. Events of the file system are hints
and nothing more: what counts is whether a fresh snapshot differs from the last one.

    watch.py     hints from the file system, and when they have settled
    state.py     what the preview knows, and how a build changes it (pure)
    paper.py     print.html, when it is asked for
    studio.py    snapshot -> compile_site -> state, with what is kept between builds
    answers.py   address -> bytes (pure)
    messages.py  state -> what a tab is told (pure)
    sources.py   page -> source files, saved file -> page (pure)
    citation.py  words of an article -> the lines that cite them, and its coverage (pure)
    app.py       the web application: guard, pages, the tabs' connections
    run.py       port, threads, terminal lines
"""
