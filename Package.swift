// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Unroll",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "unroll", targets: ["unroll"]),
        // One dynamic library holds both modules, so that a lesson's program and this library
        // share one copy of every type. It is what `unroll` links lessons against; CSandbox, which
        // confines them, is linked into nothing else.
        .library(name: "Exhibits", type: .dynamic, targets: ["Recurrent", "Exhibits", "CSandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
        .target(name: "CKernels"),
        .target(name: "CSandbox"),
        .target(
            name: "Recurrent",
            dependencies: ["CKernels"],
            swiftSettings: [.enableExperimentalFeature("Extern")],
            // Swift's squareRoot() refers to the C library's sqrt for numbers below zero.
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]
        ),
        .target(
            name: "Exhibits", dependencies: ["Recurrent"],
            swiftSettings: [.enableExperimentalFeature("Extern")]
        ),
        .target(name: "Drawing", dependencies: ["Exhibits"]),
        .target(
            name: "LessonKit",
            dependencies: [
                "CCmark", "Drawing", "Exhibits", "Yams",
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            resources: [.copy("Resources")]
        ),
        .executableTarget(
            name: "unroll",
            dependencies: ["LessonKit", .product(name: "ArgumentParser", package: "swift-argument-parser")]
        ),
        // What several of the tests draw, run and know of weights.
        .target(name: "Samples", dependencies: ["Recurrent"], path: "Tests/Samples"),
        .testTarget(name: "RecurrentTests", dependencies: ["Recurrent", "Samples"], resources: [.copy("Goldens")]),
        .testTarget(name: "ExhibitsTests", dependencies: ["Exhibits", "Samples"]),
        .testTarget(name: "DrawingTests", dependencies: ["Drawing", "Exhibits", "LessonKit", "Samples"]),
        .testTarget(name: "LessonKitTests", dependencies: ["LessonKit", "Drawing", "Exhibits", "CCmark", "Samples"]),
        .testTarget(name: "EndToEndTests", dependencies: ["LessonKit", "Samples"]),
    ],
    swiftLanguageModes: [.v6]
)
