import "./enhanced.js";
import { enableCopying } from "./copying.js";

enableCopying();
