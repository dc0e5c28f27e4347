import { expect, test } from 'vitest';
import { draggedTo, type Drag } from './drag';

const taken: Drag = { x: 100, y: 50, takenAt: { x: 100, y: 50 }, isMoving: false };

test('a slow hand drags too, and goes on dragging back home', () => {
  let drag = taken;
  for (let x = 101; x <= 105; x++) drag = draggedTo(drag, x, 50);
  expect(drag).toEqual({ ...taken, x: 105, isMoving: true });
  expect(draggedTo(drag, 100, 50).isMoving).toBe(true);
});

test('the tremble of a click is no drag', () => {
  let drag = taken;
  for (const x of [102, 98, 103, 97, 100]) drag = draggedTo(drag, x, 51);
  expect(drag.isMoving).toBe(false);
});
