#include "spactor.cuh"

// What moves or rounds elements. Macro: ELEMENT, the type of the elements that are copied.
#ifndef ELEMENT
#define ELEMENT float
#endif

// From one view to another one: sides, then the strides of both.
KERNEL copy(const ELEMENT* x, ELEMENT* y, int64 elements, int rank, const int64* table) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        int64 rest = i;
        int64 from = 0;
        int64 to = 0;
        for (int side = rank - 1; side >= 0; side--) {
            int64 length = table[side];
            int64 at = side == 0 ? rest : rest % length;
            rest = side == 0 ? 0 : rest / length;
            from += at * table[rank + side];
            to += at * table[2 * rank + side];
        }
        y[to] = x[from];
    }
}

KERNEL accumulate(const float* x, float* total, int64 elements) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        total[i] += x[i];
    }
}

KERNEL round_to_bfloat16(const float* x, bfloat16* y, int64 elements) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        y[i] = to_bfloat16(x[i]);
    }
}
