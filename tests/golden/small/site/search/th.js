document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["th", {"head":"aANHfEa-S5 cLVofQY-sF hLVmCEH-7x","herald":"gADs3VJ-SQ hLV2aBR-."}] }));
