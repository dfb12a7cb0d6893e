document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["tp", {"part":"bGUI6xm-m4","people":"jPEQ1o9-!","place":"cLVofQY-ZT","places":"jPLtt6Y-!"}] }));
