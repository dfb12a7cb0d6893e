document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["t_641_", {"فيرو":"aANHfEa-."}] }));
