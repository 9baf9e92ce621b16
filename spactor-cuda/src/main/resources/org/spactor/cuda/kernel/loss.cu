#include "spactor.cuh"

// Losses over a vocabulary: a block for each row of logits. Every thread goes over the row once for the greatest logit and
// the sum of the exponentials, and a second time to write.

struct Statistics {
    float greatest;
    float sum;
};

__device__ inline Statistics row_statistics(const float* row, int64 width) {
    float greatest = -INFINITY_OF_FLOAT;
    float sum = 0.0f;
    for (int64 i = threadIdx.x; i < width; i += blockDim.x) {
        float x = row[i];
        if (x > greatest) {
            sum = sum * expf(greatest - x) + 1.0f;
            greatest = x;
        } else {
            sum += expf(x - greatest);
        }
    }
    float of_block = block_max(greatest);
    // a thread without a column, or whose logits are all -infinity, has nothing to add
    float part = greatest == -INFINITY_OF_FLOAT ? 0.0f : sum * expf(greatest - of_block);
    Statistics statistics;
    statistics.greatest = of_block;
    statistics.sum = block_sum(part);
    return statistics;
}

// softmax may be the memory of the logits.
KERNEL cross_entropy(const float* logits, const int* labels, float* losses, float* softmax, int64 width, int ignored) {
    int64 row = blockIdx.x;
    const float* own = logits + row * width;
    Statistics statistics = row_statistics(own, width);
    int label = labels[row];
    if (threadIdx.x == 0) {
        losses[row] = label == ignored ? 0.0f : logf(statistics.sum) + statistics.greatest - own[label];
    }
    __syncthreads();
    float inverse = 1.0f / statistics.sum;
    for (int64 i = threadIdx.x; i < width; i += blockDim.x) {
        softmax[row * width + i] = expf(own[i] - statistics.greatest) * inverse;
    }
}

// The sum of some numbers, by one block.
KERNEL total(const float* x, float* result, int64 count) {
    double sum = 0.0;
    for (int64 i = threadIdx.x; i < count; i += blockDim.x) {
        sum += x[i];
    }
    sum = block_sum(sum);
    if (threadIdx.x == 0) {
        *result = (float) sum;
    }
}

// One gradient for all rows, or one for each.
KERNEL cross_entropy_gradient(
        const float* softmax, const int* labels, const float* g, float* result, int64 width, int ignored, int by_row) {
    int64 row = blockIdx.x;
    int label = labels[row];
    float upstream = label == ignored ? 0.0f : g[by_row ? row : 0];
    for (int64 i = threadIdx.x; i < width; i += blockDim.x) {
        float probability = softmax[row * width + i];
        result[row * width + i] = label == ignored ? 0.0f : upstream * (probability - (i == label ? 1.0f : 0.0f));
    }
}

KERNEL log_sum_exp(const float* x, float* result, int64 width) {
    Statistics statistics = row_statistics(x + blockIdx.x * width, width);
    if (threadIdx.x == 0) {
        result[blockIdx.x] = statistics.greatest + logf(statistics.sum);
    }
}

KERNEL log_sum_exp_gradient(const float* x, const float* logarithm, const float* g, float* result, int64 width) {
    int64 row = blockIdx.x;
    for (int64 i = threadIdx.x; i < width; i += blockDim.x) {
        result[row * width + i] = g[row] * expf(x[row * width + i] - logarithm[row]);
    }
}

// Whether the label's logit is the first of the greatest: 1 or 0 for each row.
KERNEL correct(const float* logits, const int* labels, float* result, int64 width, int ignored) {
    int64 row = blockIdx.x;
    int label = labels[row];
    bool counts = label != ignored && label >= 0 && label < width;
    const float* own = logits + row * width;
    float wanted = counts ? own[label] : 0.0f;
    int beaten = 0;
    for (int64 i = threadIdx.x; i < width; i += blockDim.x) {
        beaten |= own[i] > wanted || (own[i] == wanted && i < label) ? 1 : 0;
    }
    beaten = block_max(beaten);
    if (threadIdx.x == 0) {
        result[row] = counts && !beaten ? 1.0f : 0.0f;
    }
}

__device__ inline bool is_answer(int label) { return label == 0 || label == 1; }

// The rest is done by one block over all places.

KERNEL count_tokens(const int* labels, float* result, int64 count, int ignored) {
    double sum = 0.0;
    for (int64 i = threadIdx.x; i < count; i += blockDim.x) {
        sum += labels[i] == ignored ? 0.0 : 1.0;
    }
    sum = block_sum(sum);
    if (threadIdx.x == 0) {
        *result = (float) sum;
    }
}

KERNEL count_answers(const int* labels, float* result, int64 count) {
    double sum = 0.0;
    for (int64 i = threadIdx.x; i < count; i += blockDim.x) {
        sum += is_answer(labels[i]) ? 1.0 : 0.0;
    }
    sum = block_sum(sum);
    if (threadIdx.x == 0) {
        *result = (float) sum;
    }
}

KERNEL detections(
        const float* logits, const int* labels, float* right, float* found, float* yes, float* wanted, int64 count) {
    double sums[4] = {0.0, 0.0, 0.0, 0.0};
    for (int64 i = threadIdx.x; i < count; i += blockDim.x) {
        if (is_answer(labels[i])) {
            bool answer = logits[i] > 0.0f;
            bool label = labels[i] == 1;
            sums[0] += answer == label ? 1.0 : 0.0;
            sums[1] += answer && label ? 1.0 : 0.0;
            sums[2] += answer ? 1.0 : 0.0;
            sums[3] += label ? 1.0 : 0.0;
        }
    }
    float* results[4] = {right, found, yes, wanted};
    for (int i = 0; i < 4; i++) {
        double sum = block_sum(sums[i]);
        if (threadIdx.x == 0) {
            *results[i] = (float) sum;
        }
    }
}

KERNEL sigmoid_cross_entropy(const float* logits, const int* labels, float* result, int64 count) {
    double sum = 0.0;
    for (int64 i = threadIdx.x; i < count; i += blockDim.x) {
        if (is_answer(labels[i])) {
            float x = logits[i];
            sum += fmaxf(x, 0.0f) - x * (float) labels[i] + log1pf(expf(-fabsf(x)));
        }
    }
    sum = block_sum(sum);
    if (threadIdx.x == 0) {
        *result = (float) sum;
    }
}

KERNEL sigmoid_cross_entropy_gradient(
        const float* logits, const int* labels, const float* g, float* result, int64 count) {
    for (int64 i = global_thread(); i < count; i += global_threads()) {
        int label = labels[i];
        result[i] = is_answer(label) ? *g * (1.0f / (1.0f + expf(-logits[i])) - (float) label) : 0.0f;
    }
}

// One id for each row. Every warp adds up a stretch of the row; the one in whose stretch the cumulative weight passes what
// was drawn walks along it. Sums are in double precision, as on the CPU.
KERNEL sample_categorical(const float* logits, const uint64* key, int* ids, int64 width, uint64 salt, float inverse_temperature) {
    __shared__ double of_warps[WARP];
    __shared__ int chosen;
    int64 row = blockIdx.x;
    const float* own = logits + row * width;
    int lane = threadIdx.x % WARP;
    int warp = threadIdx.x / WARP;
    int warps = blockDim.x / WARP;
    float greatest = -INFINITY_OF_FLOAT;
    for (int64 i = threadIdx.x; i < width; i += blockDim.x) {
        greatest = fmaxf(greatest, own[i]);
    }
    greatest = block_max(greatest);
    int64 stretch = (width + warps - 1) / warps;
    int64 begin = warp * stretch;
    int64 end = begin + stretch < width ? begin + stretch : width;
    double weight = 0.0;
    for (int64 i = begin + lane; i < end; i += WARP) {
        weight += expf((own[i] - greatest) * inverse_temperature);
    }
    weight = warp_sum(weight);
    if (lane == 0) {
        of_warps[warp] = weight;
    }
    if (threadIdx.x == 0) {
        chosen = (int) width - 1;
    }
    __syncthreads();
    double total = 0.0;
    double before = 0.0;
    for (int i = 0; i < warps; i++) {
        before = i == warp ? total : before;
        total += of_warps[i];
    }
    double wanted = (double) random_uniform(random_bits(*key, salt), row) * total;
    // the first warp whose end is beyond; the sums are the same numbers for all, so that there is just one
    bool here = before <= wanted && before + of_warps[warp] > wanted;
    if (here) {
        double cumulative = before;
        bool found = false;
        for (int64 start = begin; start < end && !found; start += WARP) {
            int64 i = start + lane;
            double scanned = i < end ? (double) expf((own[i] - greatest) * inverse_temperature) : 0.0;
            for (int distance = 1; distance < WARP; distance *= 2) {
                double other = __shfl_up_sync(ALL_LANES, scanned, distance);
                scanned += lane >= distance ? other : 0.0;
            }
            int passed = i < end && cumulative + scanned > wanted ? lane : WARP;
            int first = -warp_max(-passed);
            if (first < WARP) {
                found = true;
                if (lane == 0) {
                    chosen = (int) (start + first);
                }
            }
            cumulative += __shfl_sync(ALL_LANES, scanned, WARP - 1);
        }
        // rounding may leave the stretch's own end unpassed
        if (!found && lane == 0) {
            chosen = (int) (end - 1);
        }
    }
    __syncthreads();
    if (threadIdx.x == 0) {
        ids[row] = chosen;
    }
}
