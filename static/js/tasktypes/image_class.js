/* Editor of `image_class`. */

export { mount } from "../choice.js";
