(function () {
  "use strict";
  var boxes = document.querySelectorAll("input[data-box]");
  var name = "advisor.plan." + document.documentElement.getAttribute("data-case");
  var ticked = null;
  try {
    ticked = JSON.parse(window.localStorage.getItem(name) || "{}");
    window.localStorage.setItem(name, JSON.stringify(ticked));
  } catch (error) {
    ticked = null; // storage is off: the boxes work and are not remembered
  }
  if (ticked && typeof ticked === "object") {
    document.querySelector(".remembered").hidden = false;
    boxes.forEach(function (box) {
      var key = box.getAttribute("data-box");
      if (typeof ticked[key] === "boolean") { box.checked = ticked[key]; }
      box.addEventListener("change", function () {
        ticked[key] = box.checked;
        try { window.localStorage.setItem(name, JSON.stringify(ticked)); } catch (error) { /* full */ }
      });
    });
  }
  // On paper everything is unfolded.
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    folded.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (part) { part.open = false; });
  });
}());
