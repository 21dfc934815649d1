/// The known name that a person most likely meant by an unknown one; nil when none is close.
///
/// Close means: at most one edit (a letter put in, left out, exchanged or swapped with its neighbour)
/// for every three letters, without regard to case.
package func nearestName<Names: Sequence<String>>(to name: String, among known: Names) -> String? {
    let written = Array(name.lowercased())
    let limit = max(1, written.count / 3)
    var nearest: (name: String, distance: Int)?
    for candidate in known {
        let distance = editDistance(written, Array(candidate.lowercased()))
        if distance <= min(limit, nearest.map { $0.distance - 1 } ?? limit) {
            nearest = (candidate, distance)
        }
    }
    return nearest?.name
}

/// The least number of insertions, deletions, exchanges and swaps of neighbours that turn one word into the other.
///
/// Optimal string alignment (Damerau 1964): row `i` of the table holds the distances
/// between the first `i` letters of `a` and every beginning of `b`.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforePrevious = [Int]()
    var previous = Array(0...b.count)
    for i in a.indices {
        var current = [i + 1]
        for j in b.indices {
            var distance = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                distance = min(distance, beforePrevious[j - 1] + 1)
            }
            current.append(distance)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
}
