/** Something held by the pointer: where it is (px), where it was taken, and whether it has left that place. */
export interface Drag { x: number; y: number; takenAt: { x: number; y: number }; isMoving: boolean }

// A click's tremble moves nothing.
const LEAST_PX = 4;

/** The drag once the pointer is at a place. Measured from where it was taken: a slow hand moves a pixel at a time. */
export function draggedTo<T extends Drag>(drag: T, x: number, y: number): T {
  return { ...drag, x, y, isMoving: drag.isMoving || Math.hypot(x - drag.takenAt.x, y - drag.takenAt.y) > LEAST_PX };
}
