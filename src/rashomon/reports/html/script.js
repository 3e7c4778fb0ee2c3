// Everything can be read without this: it only lights all stretches of a claim, filters, folds, and moves by keys.
(function () {
  "use strict";
  var all = function (query, root) { return Array.prototype.slice.call((root || document).querySelectorAll(query)); };
  var ids = function (element) { return (element.getAttribute("data-c") || "").split(" "); };

  function unfold(element) {
    for (var at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  }
  function light() {
    var id = decodeURIComponent(location.hash.slice(1)).replace(/^n-/, "");
    all("[data-c].lit").forEach(function (each) { each.classList.remove("lit"); });
    if (!id) return;
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    unfold(target);
    target.scrollIntoView({ block: target.classList.contains("n") ? "center" : "start" });
    if (!/^[A-Z]+[0-9]+$/.test(id)) return;
    all("[data-c]").forEach(function (each) { if (ids(each).indexOf(id) >= 0) each.classList.add("lit"); });
  }
  window.addEventListener("hashchange", light);
  if (location.hash) light();

  document.addEventListener("click", function (event) {
    var stretch = event.target.closest && event.target.closest("[data-c]");
    if (!stretch || String(getSelection())) return;
    var claims = ids(stretch);
    location.hash = "n-" + claims[claims.length - 1];
  });

  var tools = document.getElementById("tools"), field = document.getElementById("filter"), found = document.getElementById("found");
  var lines = all(".fact, .timeline > li, .actor, .lines > li, .evidence > li, .notes > li, .matrix tbody tr");
  tools.hidden = false;
  function filter() {
    var wanted = field.value.trim().toLowerCase(), kept = 0;
    lines.forEach(function (line) {
      var fits = !wanted || line.textContent.toLowerCase().indexOf(wanted) >= 0;
      line.toggleAttribute("data-hidden", !fits);
      if (fits && wanted) { kept += 1; unfold(line.parentElement); }
    });
    found.textContent = wanted ? kept + (kept === 1 ? " line" : " lines") : "";
  }
  field.addEventListener("input", filter);
  document.getElementById("unfold").addEventListener("click", function (event) {
    var open = event.target.getAttribute("aria-pressed") !== "true";
    event.target.setAttribute("aria-pressed", String(open));
    all("main details").forEach(function (each) { each.open = open; });
  });
  window.addEventListener("beforeprint", function () { all("main details").forEach(function (each) { each.open = true; }); });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var active = document.activeElement, typing = active && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
    if (event.key === "Escape") {
      if (typing) { field.value = ""; filter(); }
      if (active) active.blur();
    } else if (typing) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      field.focus();
    } else if (event.key === "j" || event.key === "k") {
      var down = event.key === "j";
      var next = all("main section").filter(function (each) {
        var top = each.getBoundingClientRect().top;
        return down ? top > 40 : top < -40;
      });
      var section = down ? next[0] : next[next.length - 1];
      if (section) section.scrollIntoView();
    }
  });
})();
