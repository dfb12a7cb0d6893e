document.dispatchEvent(new CustomEvent("briefgen:search", { detail: ["tg", {"gives":"gADs3VJ-SQ","government":"bNOxAtV-RJ bSOUNPg-RJ","guild":"aANHfEa-S5mp bGUI6xm-!3E cLVofQY-sF hLVmCEH-7x"}] }));
