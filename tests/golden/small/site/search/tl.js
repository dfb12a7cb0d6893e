document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["tl", {"led":"bGUI6xm-bF","line":"iTAL70P-aE","link":"iTAL70P-ln","little":"hLV2aBR-."}] }));
