document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["t4", {"4":"cLVofQY-VA dLVGTaH-R4 hLVmCEH-7x"}] }));
