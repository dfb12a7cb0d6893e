document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["t_627_", {"انا":"aANHfEa-."}] }));
