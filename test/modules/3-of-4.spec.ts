import { together } from '../harness/together.js';

await together('src/modules', 3, 4);
