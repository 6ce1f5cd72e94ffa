// Photos become small before they leave this computer: a class of telephone pictures would take minutes, and the place in them stays here.
// What cannot be drawn goes as it is: the server says what is wrong with it. Whoever sends sooner, sends the files as they are.
const SIDE = 384; // twice what is kept

async function small(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.min(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return file;
  }
}

const field = document.querySelector("input[type=file][name=photos]");
field?.addEventListener("change", async () => {
  const chosen = [...field.files];
  const made = new DataTransfer();
  for (const file of chosen) made.items.add(await small(file)); // one by one: forty at once fill the memory of a tablet
  const still = field.files.length === chosen.length && chosen.every((file, at) => file === field.files[at]);
  if (still) {
    field.files = made.files;
    field.dataset.small = "";
  }
});
