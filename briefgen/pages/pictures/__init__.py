"""Pictures: from values to a frozen view of marks, lines and lettering, which `templates/pictures.html` prints as SVG.

No HTML, no float, no clock. Across, a place is in thousandths of the width of the picture, because that follows the column
it stands in; down, it is in CSS pixels. So lettering keeps its size on every screen and on paper, and nothing is scaled.
Whatever has lettering is laid out for the narrowest column it has to be read in (`lettering.NARROW`); where there is room
for more words, the longer form of a label takes the place of the shorter one, and nothing moves.

    lettering   how wide a text is at most, and where it is cut
    scale       days to places: stretches of time, breaks between them, ticks
    timeline    when it happened, as exactly as it is known
    trace       who met whom, meeting by meeting
    table       one meeting: the delegations facing each other
    stand       who stands with whom; matrix: the same for very many
"""
