/** Shows what only works with JavaScript; everything else on the pages works without. */
document.documentElement.classList.add("js");
