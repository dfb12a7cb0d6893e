document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["ti", {"in":"iMEOYKJ-mX iTAL70P-ln"}] }));
