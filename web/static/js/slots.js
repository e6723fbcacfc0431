/** A copy of the first element in a <template>. */
export function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** The element marked data-slot="name" in root. Data goes in by textContent alone. */
export function slot(root, name) {
  return root.querySelector(`[data-slot="${name}"]`);
}
