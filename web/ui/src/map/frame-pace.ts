/** What pacing needs of the map. */
export interface PacedMap { triggerRepaint(): void; isMoving(): boolean; on(event: 'render', listener: () => void): unknown }

/** A frame that took longer than this is drawn without a graphics processor. */
const SLOW_MS = 34;
/** Of the time, at most so much is spent on drawing the map while nobody moves it: the rest of the page is drawn by the same process. */
const SHARE = 1 / 3;

/**
 * Every tile that arrives asks the map for a frame. Where a frame is dear they are put off, so that several tiles share one and a click elsewhere is answered meanwhile; while
 * the map moves, and where frames are cheap, nothing is put off.
 */
export function paceFrames(map: PacedMap): void {
  const draw = map.triggerRepaint.bind(map);
  // A frame on its way has no price yet.
  let [isOnItsWay, restUntil, isWanted] = [false, 0, false];
  const drawWhenRested = () => setTimeout(() => { isWanted = false; draw(); }, Math.max(0, restUntil - performance.now()));
  map.triggerRepaint = () => {
    if (map.isMoving() || (!isOnItsWay && performance.now() >= restUntil)) { draw(); return; }
    if (isWanted) return;
    isWanted = true;
    if (!isOnItsWay) drawWhenRested();
  };
  map.on('render', () => {
    const drawn = performance.now();
    if (isOnItsWay) return;
    isOnItsWay = true;
    // The browser hands out the frame after the next once this one is through.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const took = performance.now() - drawn;
      isOnItsWay = false;
      restUntil = took > SLOW_MS + 1000 / 60 ? drawn + took / SHARE : 0;
      if (isWanted) drawWhenRested();
    }));
  });
}
