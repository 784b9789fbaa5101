// What the pages gain where scripts run. Everything works without this file.
"use strict";
(() => {
  const form = document.getElementById("tim");
  const query = document.getElementById("q");
  const drawer = document.getElementById("bo-loc");
  const narrow = window.matchMedia("(max-width: 56rem)");
  const FOCUS = "timtin.focus";

  // "/" goes to the search box, Escape closes the drawer.
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && query) {
      event.preventDefault();
      query.focus();
      query.select();
    } else if (event.key === "Escape" && drawer && location.hash === "#bo-loc") {
      location.hash = "#ket-qua";
    }
  });

  // On the start page the box is ready to type in, except where that would raise a keyboard over the page.
  if (query && "start" in query.dataset && !narrow.matches && window.matchMedia("(hover: hover)").matches) query.focus();

  // Empty inputs stay out of the address.
  if (form) {
    form.addEventListener("submit", () => {
      for (const input of form.elements) {
        if (input.name && input.value === "" && input.type !== "checkbox") input.disabled = true;
      }
    });
    window.addEventListener("pageshow", () => {
      for (const input of form.elements) if (input.type !== "checkbox") input.disabled = false;
    });
  }

  // A value inside another narrows it, so the two are not ticked together; a change applies at once beside the results.
  const joint = { noi: "/", ngay: "-" };
  const boxes = drawer ? [...drawer.querySelectorAll("input[type=checkbox], input[name=cach]")] : [];
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const between = joint[box.name];
      if (box.checked && between) {
        for (const other of boxes) {
          const related = other.value.startsWith(box.value + between) || box.value.startsWith(other.value + between);
          if (other !== box && other.name === box.name && related) other.checked = false;
        }
      }
      if (!narrow.matches && form) {
        remember(box);
        form.requestSubmit();
      }
    });
  }

  // After such a reload the reader is where they were.
  function remember(box) {
    try {
      sessionStorage.setItem(FOCUS, JSON.stringify({ name: box.name, value: box.value, top: window.scrollY }));
    } catch { /* storage may be off; then the page just starts at its top */ }
  }
  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(FOCUS));
      sessionStorage.removeItem(FOCUS);
    } catch { return; }
    const box = kept && boxes.find((one) => one.name === kept.name && one.value === kept.value);
    if (box) {
      box.focus({ preventScroll: true });
      window.scrollTo({ top: kept.top, behavior: "instant" });
    }
  }
  restore();

  // What only a phone folds stands open on a wide page; browsers that cannot be told so by the style sheet are told here.
  if (!narrow.matches && !CSS.supports("selector(::details-content)")) {
    for (const fold of document.querySelectorAll(".wide-open")) fold.open = true;
  }

  // Arrows from one marked word of an article to the next.
  const marks = [...document.querySelectorAll(".story mark[id]")];
  const keys = document.querySelector(".jump-keys");
  let at = -1;
  if (keys && marks.length) {
    keys.hidden = false;
    keys.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-jump]");
      if (!button) return;
      at = (at + Number(button.dataset.jump) + marks.length) % marks.length;
      history.replaceState(null, "", "#" + marks[at].id);
      marks[at].scrollIntoView({ block: "center" });
      for (const mark of marks) mark.classList.toggle("now", mark === marks[at]);
    });
  }
})();
