/** Most people (cameras) on stage at once; DESIGN 8. */
export const STAGE_PEOPLE_LIMIT = 10;
/** Most screens on stage at once: two can be compared, more cannot be read. */
export const STAGE_SCREENS_LIMIT = 2;
/** Most people in one studio, on stage and backstage together. */
export const STUDIO_PEOPLE_LIMIT = 30;
export const SCENES_LIMIT = 50;
export const OVERLAYS_LIMIT = 200;
/** Most overlays shown at once in one scene, and in every scene: each is a bitmap in every frame. */
export const SHOWN_LIMIT = 20;
/** Most layouts of the studio's own. */
export const LAYOUTS_LIMIT = 50;
/** Most places in one layout of the studio's own: everybody on stage, and some spare. */
export const SLOTS_LIMIT = 20;
/** Steps one person can undo. */
export const UNDO_LIMIT = 50;
