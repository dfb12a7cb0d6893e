document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["tf", {"fact":"iMEOYKJ-mX","fall":"cLVofQY-Wf hLVmCEH-wW","ferro":"aANHfEa-. bGUI6xm-bF cLVofQY-sF hLV2aBR-1J hLVmCEH-7xVO"}] }));
