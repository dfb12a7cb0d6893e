document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["tu", {"under":"hLVmCEH-VO"}] }));
