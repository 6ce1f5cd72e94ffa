// A form that only carries something along sends itself; without this script its button does.
document.querySelector("form[data-send]")?.requestSubmit();
