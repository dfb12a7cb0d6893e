document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["t_64a_", {"يرو":"aANHfEa-."}] }));
