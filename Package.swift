// swift-tools-version: 6.2
import PackageDescription

// What a function may use beyond `Endpoint`. The list after a function's name
// reads as its list of privileges.
extension Target.Dependency {
    static let analysis: Self = "Analysis"
    static let crypto: Self = "Crypto"
    static let events: Self = "Events"
    static let identity: Self = "Identity"
    static let mail: Self = "Mail"
    static let postgres: Self = "Postgres"
    static let speech: Self = "Speech"
    static let storage: Self = "Storage"
    static let network: Self = "Network"
}

// One executable per line: Functions/<Area>/<Name>.swift.
let functions: [Target] = [
]

let package = Package(
    name: "parley",
    targets: functions + [
        library("CFastCGI", header: "libfcgi-dev"),
        library("CPostgres", header: "libpq-dev", pkgConfig: "libpq"),
        library("CCurl", header: "libcurl4-openssl-dev", pkgConfig: "libcurl"),
        library("COpenSSL", header: "libssl-dev", pkgConfig: "libcrypto"),

        shared("JSON"),
        shared("Validation", "JSON"),
        shared("FastCGI", "CFastCGI"),
        shared("Endpoint", "FastCGI", "JSON", "Validation"),
        shared("Postgres", "CPostgres", "Endpoint", "JSON", "Validation"),
        shared("Crypto", "COpenSSL"),
        shared("Network", "CCurl"),
        shared("Mail", "Network"),
        shared("Speech"),
        shared("Analysis", "Speech"),

        .target(name: "TestKit", path: "Tests/TestKit"),
        tests("Crypto"),
        tests("Network", "TestKit"),
        tests("Mail", "Network", "TestKit"),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}

func function(_ area: String, _ name: String, _ uses: Target.Dependency...) -> Target {
    .executableTarget(
        name: name, dependencies: ["Endpoint", "Validation"] + uses,
        path: "Functions/\(area)", sources: ["\(name).swift"])
}

func shared(_ name: String, _ imports: Target.Dependency...) -> Target {
    .target(name: name, dependencies: imports, path: "Shared/\(name)")
}

func library(_ name: String, header package: String, pkgConfig: String? = nil) -> Target {
    .systemLibrary(
        name: name, path: "Shared/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

func tests(_ name: String, _ imports: Target.Dependency...) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + imports, path: "Tests/\(name)Tests")
}
