// Matrix products in plain loops, for the emulator.
#include <cstdint>
#include <cstring>
#include <algorithm>
#include <thread>
#include <vector>

namespace {

float widen(uint16_t bits) {
    uint32_t wide = (uint32_t) bits << 16;
    float value;
    std::memcpy(&value, &wide, 4);
    return value;
}

uint16_t round_to_bfloat16(float x) {
    uint32_t bits;
    std::memcpy(&bits, &x, 4);
    return (uint16_t) ((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

float element(const void* matrix, bool narrow, int64_t at) {
    return narrow ? widen(((const uint16_t*) matrix)[at]) : ((const float*) matrix)[at];
}

}  // namespace

// layout: m, n, k, rows' distances of left, right and product, matrices' distances of the three, count
// flags: bit 0 left transposed, 1 right transposed, 2 adds, 3 operands bfloat16, 4 product bfloat16
extern "C" void multiply(const int64_t* layout, int flags, const void* left, const void* right, const void* addend, void* product) {
    int64_t m = layout[0], n = layout[1], k = layout[2];
    bool left_transposed = flags & 1, right_transposed = flags & 2, adds = flags & 4, narrow = flags & 8, narrow_product = flags & 16;
    std::vector<float> a(m * k), b(k * n);
    for (int64_t i = 0; i < layout[9]; i++) {
        int64_t left_at = i * layout[6], right_at = i * layout[7], product_at = i * layout[8];
        for (int64_t r = 0; r < m; r++) {
            for (int64_t p = 0; p < k; p++) {
                a[r * k + p] = element(left, narrow, left_at + (left_transposed ? p * layout[3] + r : r * layout[3] + p));
            }
        }
        for (int64_t p = 0; p < k; p++) {
            for (int64_t q = 0; q < n; q++) {
                b[p * n + q] = element(right, narrow, right_at + (right_transposed ? q * layout[4] + p : p * layout[4] + q));
            }
        }
        // some rows at a time, so that each row of the right matrix is read once for all of them
        constexpr int64_t AT_ONCE = 8;
        auto rows = [&](int64_t from, int64_t to) {
            std::vector<float> sums(AT_ONCE * n);
            for (int64_t first = from; first < to; first += AT_ONCE) {
                int64_t count = std::min(AT_ONCE, to - first);
                for (int64_t j = 0; j < AT_ONCE * n; j++) {
                    int64_t at = product_at + (first + j / n) * layout[5] + j % n;
                    sums[j] = adds && j / n < count ? element(addend, narrow_product, at) : 0;
                }
                for (int64_t p = 0; p < k; p++) {
                    float x[AT_ONCE];
                    for (int64_t j = 0; j < AT_ONCE; j++) {
                        x[j] = j < count ? a[(first + j) * k + p] : 0;
                    }
                    const float* right_row = &b[p * n];
                    float* s = sums.data();
                    for (int64_t q = 0; q < n; q++) {
                        float y = right_row[q];
                        for (int64_t j = 0; j < AT_ONCE; j++) {
                            s[j * n + q] += x[j] * y;
                        }
                    }
                }
                for (int64_t j = 0; j < count * n; j++) {
                    int64_t at = product_at + (first + j / n) * layout[5] + j % n;
                    if (narrow_product) {
                        ((uint16_t*) product)[at] = round_to_bfloat16(sums[j]);
                    } else {
                        ((float*) product)[at] = sums[j];
                    }
                }
            }
        };
        if (m * n * k < 1 << 20) {
            rows(0, m);
            continue;
        }
        std::vector<std::thread> threads;
        int64_t count = std::max(1u, std::thread::hardware_concurrency());
        for (int64_t thread = 0; thread < count; thread++) {
            threads.emplace_back(rows, thread * m / count, (thread + 1) * m / count);
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
    }
}
