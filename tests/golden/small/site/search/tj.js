document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["tj", {"joint":"hLVmCEH-."}] }));
