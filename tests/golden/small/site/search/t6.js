document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["t6", {"6":"dLVGTaH-R4"}] }));
