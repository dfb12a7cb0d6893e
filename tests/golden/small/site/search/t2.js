document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["t2", {"2021":"cLVofQY-VA dLVGTaH-R4"}] }));
