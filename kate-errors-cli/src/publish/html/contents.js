
// "On this page" follows the reader.

/** The links of the contents, with what they lead to, in the order of the page. */
const places = Array.from(document.querySelectorAll(".contents a"), (link) => [
  link,
  element(link.getAttribute("href").slice(1)),
]);

let current = null;

/** The last place above the edge; at the end of the page the last one of all, or the one that the address names. */
function placeOfReader() {
  const edge = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
  const shown = places.filter((both) => both.every((one) => one.getClientRects().length > 0));
  const above = shown.filter(([, target]) => target.getBoundingClientRect().top <= edge);
  if (above.length > 0 && scrollY + innerHeight > document.documentElement.scrollHeight - 2) {
    return shown.find(([link]) => link.hash === location.hash) ?? shown.at(-1);
  }
  return above.at(-1);
}

function followReader() {
  const [link = null] = placeOfReader() ?? [];
  if (link === current) {
    return;
  }
  current?.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
  current = link;
  const contents = document.querySelector(".contents");
  const [left, top] = [link?.offsetLeft ?? 0, link?.offsetTop ?? 0];
  contents.scrollTo(left - contents.clientWidth / 3, top - contents.clientHeight / 2);
}

let isPlanned = false;

/** Follows once for each picture that the browser draws. */
function followSoon() {
  if (!isPlanned) {
    isPlanned = true;
    requestAnimationFrame(() => {
      isPlanned = false;
      followReader();
    });
  }
}
