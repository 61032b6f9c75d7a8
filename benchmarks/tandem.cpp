// Two queues in a row with blocking after service, event by event, with the same draws as caresim's rules.
// Arguments: key first_strip strips levels rate horizon servers_1 servers_2 mean_1 mean_2 purpose_1 purpose_2 runs
// Prints: seconds of the fastest run, clock events, starts and minutes waited at either station.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

using u64 = uint64_t;
using i64 = int64_t;

static u64 key;

static double unit(u64 high, u64 low) { return (double(((high << 32) | low) >> 12) + 0.5) * 0x1p-52; }

// Philox4x32-10
static std::pair<double, double> two_uniforms(u64 person, u64 purpose, u64 occurrence) {
    uint32_t c0 = person, c1 = purpose, c2 = occurrence, c3 = occurrence >> 32, k0 = key, k1 = key >> 32;
    for (int i = 0; i < 10; i++) {
        u64 p0 = 0xD2511F53ull * c0, p1 = 0xCD9E8D57ull * c2;
        uint32_t n0 = uint32_t(p1 >> 32) ^ c1 ^ k0, n2 = uint32_t(p0 >> 32) ^ c3 ^ k1;
        c1 = uint32_t(p1); c3 = uint32_t(p0); c0 = n0; c2 = n2;
        k0 += 0x9E3779B9u; k1 += 0xBB67AE85u;
    }
    return {unit(c0, c1), unit(c2, c3)};
}

static i64 minutes(double mean_days, u64 person, u64 purpose) {
    double days = -mean_days * std::log(two_uniforms(person, purpose, 0).first);
    return std::max<i64>(1, i64(std::min(days, 36500.0) * 1440 + 0.5));
}

struct Tandem {
    i64 first_strip, strips, levels, horizon, servers[2];
    double rate, mean[2];
    u64 purpose[2];
    std::vector<double> times;
    std::vector<i64> counts;
    std::priority_queue<u64, std::vector<u64>, std::greater<u64>> clocks;  // minute, person, station
    std::deque<std::pair<i64, u64>> queue[2];                             // asked, person
    i64 in_use[2] = {0, 0}, events = 0, starts[2] = {0, 0}, waited[2] = {0, 0};

    // Arrivals up to a day: candidates of fixed strips of rates, thinned to the rate.
    std::vector<std::pair<i64, u64>> arrivals_until(double end_minute) {
        std::vector<std::pair<i64, u64>> found;
        for (i64 level = 0; level < levels; level++) {
            double height = level ? std::ldexp(1.0, level - 1) : 1.0, floor = level ? height : 0.0;
            for (;;) {
                u64 person = (1 << 24) + counts[level] * strips + first_strip + level;
                auto [gap, where] = two_uniforms(person, 0, 0);
                double time = times[level] - std::log(gap) / height;
                if (time * 1440 >= end_minute) break;
                times[level] = time;
                counts[level]++;
                if (floor + where * height < rate) found.push_back({i64(time * 1440), person});
            }
        }
        std::sort(found.begin(), found.end());
        return found;
    }

    void begin(int station, i64 now, u64 person) {
        u64 at = now + minutes(mean[station], person, purpose[station]);
        if (i64(at) < horizon) clocks.push(at << 34 | person << 1 | u64(station));
    }

    void grant(int station, i64 now) {
        auto [asked, person] = queue[station].front();
        queue[station].pop_front();
        in_use[station]++;
        starts[station]++;
        waited[station] += now - asked;
        if (station == 1) in_use[0]--;
        begin(station, now, person);
    }

    void settle(i64 now) {
        for (;;) {
            if (!queue[0].empty() && in_use[0] < servers[0]) grant(0, now);
            else if (!queue[1].empty() && in_use[1] < servers[1]) grant(1, now);
            else return;
        }
    }

    void run() {
        times.assign(levels, 0.0);
        counts.assign(levels, 0);
        std::vector<std::pair<i64, u64>> coming;
        size_t next = 0;
        i64 generated = 0;
        for (;;) {
            while (next == coming.size() && generated < horizon) {
                generated = std::min(horizon, generated + 30 * 1440);
                coming = arrivals_until(double(generated));
                next = 0;
            }
            i64 arrival = next < coming.size() ? coming[next].first : horizon;
            i64 clock = clocks.empty() ? horizon : i64(clocks.top() >> 34);
            i64 now = std::min(arrival, clock);
            if (now >= horizon) return;
            for (; !clocks.empty() && i64(clocks.top() >> 34) == now; events++) {
                u64 top = clocks.top();
                clocks.pop();
                u64 person = (top >> 1) & ((1ull << 33) - 1);
                if (top & 1) in_use[1]--;
                else queue[1].push_back({now, person});
            }
            for (; next < coming.size() && coming[next].first == now; next++, events++) queue[0].push_back(coming[next]);
            settle(now);
        }
    }
};

int main(int n, char **a) {
    if (n < 14) return 1;
    key = std::strtoull(a[1], nullptr, 10);
    double best = 1e9;
    Tandem t;
    for (int r = 0; r < std::atoi(a[13]); r++) {
        t = Tandem{std::atoll(a[2]), std::atoll(a[3]), std::atoll(a[4]), std::atoll(a[6]), {std::atoll(a[7]), std::atoll(a[8])},
                   std::atof(a[5]), {std::atof(a[9]), std::atof(a[10])}, {std::strtoull(a[11], nullptr, 10), std::strtoull(a[12], nullptr, 10)}};
        clock_t begun = std::clock();
        t.run();
        best = std::min(best, double(std::clock() - begun) / CLOCKS_PER_SEC);
    }
    std::printf("%.6f %lld %lld %lld %lld %lld\n", best, (long long)t.events, (long long)t.starts[0], (long long)t.starts[1],
                (long long)t.waited[0], (long long)t.waited[1]);
}
